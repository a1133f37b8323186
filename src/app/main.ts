import './cw-app.js';
